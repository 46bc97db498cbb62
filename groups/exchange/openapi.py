"""The OpenAPI 3.1 document of the open data, written from the very types that questions are read by and
answers are made of. Pure."""

from dataclasses import dataclass
from types import NoneType

import msgspec

from groups.exchange import api, asking, bmlt
from groups.exchange.meeting_guide import GuideMeeting

SCHEMAS = "#/components/schemas/{name}"
TOLD = "#/components/responses/"
ABOUT = (
    "What anybody may know of the hours held here: open groups, rooms whose door is open to anyone. For reading only. No people, "
    "no counts of people and nothing of closed groups is in it. Every answer may be kept for five minutes and carries an ETag. "
    "A question that cannot be answered gets a reason word, which stays the same, and a sentence."
)
REFUSALS = {
    "404": ("NotListed", "There is nothing here, or no longer."),
    "405": ("OnlyReading", "Only GET and HEAD are answered; OPTIONS says so."),
    "422": ("Unclear", "Part of the question is not one that can be asked; `field` says which."),
    "503": ("Busy", "Very many are asking at once. Try again in a few seconds."),
}


@dataclass(frozen=True)
class Address:
    """One address: what it is for, what can be asked, what it answers (one of these shapes)."""

    path: str
    name: str
    about: str
    asked: type
    answers: tuple[type, ...]

    @property
    def refuses(self) -> tuple[str, ...]:
        """With which statuses it may say no."""
        unclear = ("422",) if self.asked is not asking.NothingAsked or self.path.startswith("/api/") else ()
        return ("404", "405", *unclear, "503") if "group" in self.asked.__struct_fields__ else ("405", *unclear, "503")


ADDRESSES = (
    Address("/api/v1/meetings", "meetings", "Dated hours, in order of time.", asking.MeetingsAsked, (api.Meetings,)),
    Address("/api/v1/series", "series", "Hours that recur, with their rules.", asking.SeriesAsked, (api.SeriesList,)),
    Address("/api/v1/groups", "groups", "Groups anybody may join.", asking.GroupsAsked, (api.Groups,)),
    Address("/api/v1/openapi.json", "document", "This document.", asking.NothingAsked, (dict,)),
    Address(
        "/feeds/meetings.json", "meetings_feed", "Weekly hours as a Meeting Guide feed.", asking.NothingAsked, (list[GuideMeeting],)
    ),
    Address(
        f"{bmlt.ROOT}/client_interface/json/", "bmlt_feed",
        "Weekly hours as a BMLT server tells them: the answer to GetSearchResults, GetFormats or GetServerInfo.", asking.BmltAsked,
        (list[bmlt.BmltMeeting], list[bmlt.BmltFormat], list[bmlt.BmltServer], bmlt.BmltBoth),
    ),
)


def document(base: str) -> dict:
    """The whole of it. base: the address of this house."""
    shapes = [shape for address in ADDRESSES for shape in address.answers]
    answers, parts = msgspec.json.schema_components([*shapes, api.Refusal], ref_template=SCHEMAS)
    schemas = iter(answers)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Open hours", "version": "1", "description": ABOUT},
        "servers": [{"url": base}],
        "paths": {address.path: {"get": _operation(address, [next(schemas) for _ in address.answers])} for address in ADDRESSES},
        "components": {
            "schemas": parts, "responses": {name: _refusal(status, about) for status, (name, about) in REFUSALS.items()},
        },
    }


def _operation(address, schemas):
    answer = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    told = {"200": {"description": "The answer.", "content": {"application/json": {"schema": answer}}}}
    return {
        "operationId": address.name, "summary": address.about,
        "parameters": [_parameter(field) for field in msgspec.structs.fields(address.asked)],
        "responses": told | {status: {"$ref": TOLD + REFUSALS[status][0]} for status in address.refuses},
    }


def _parameter(field):
    schema = msgspec.json.schema(asking.type_of(field))
    about = schema.pop("description", "")
    if not field.required and not isinstance(field.default, NoneType):
        schema["default"] = field.default
    return {"name": field.encode_name, "in": "query", "required": field.required, "description": about, "schema": schema}


def _refusal(status, about):
    if status == "503":  # said before the house has a thread to say it with
        return {"description": about, "content": {"text/plain": {"schema": {"type": "string"}}}}
    return {"description": about, "content": {"application/json": {"schema": {"$ref": SCHEMAS.format(name="Refusal")}}}}
