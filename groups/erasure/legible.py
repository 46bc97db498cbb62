"""What makes one's own copy a file for people: a sentence about each part of it, and no value nearer than anybody
needs. The file may be found: it is no record of seconds."""

from datetime import UTC, datetime, time

# {part: what it is}; the names are those of the file, "groups.…" for what stands in each group.
ABOUT = {
    "version": "How the file is arranged, for programs.",
    "made_at": "When it was made. Moments are to the minute, in world time (the Z says so); null means that there is none.",
    "account": "Your account: since when, whether seven words open it, and whether you are a steward or kept out of every group.",
    "sign_ins": "The browsers you are signed in with, in the words your page has for them.",
    "passkeys": "How many passkeys open your account.",
    "spare_codes_left": "How many codes of your last card are unused.",
    "groups": "Each group you belong to or have left: your name and role, the letters (handle) its log has for you, until when "
    "you are kept out of it (barred_until), when words of yours were first let into a room there (first_shared_at), and at how "
    "many hours you were inside, of those that are over (let_into_hours).",
    "groups.served": "How often you served, and what as.",
    "groups.serves": "Hours you signed up to serve at.",
    "groups.comes": "Hours you said you plan to come to.",
    "groups.after_serving": "What you answered when you were asked how serving was.",
    "groups.answered_votes": "Votes you answered; what you answered is nobody’s, not even yours to look up.",
    "groups.answered_months": "Months for which you said how safe the group feels; the answers are nobody’s, too.",
    "groups.steps": "Steps taken about you, under which agreement, and what you wrote when you asked for another look.",
    "groups.roles": "Roles you were asked to take or give back, or asked others about.",
    "groups.reports": "What you told those who look after the group; your words are there until it is decided.",
    "groups.invitations": "Links you made that let people in.",
    "groups.done": "What the group’s log says that you did, by the day.",
    "groups.said": "What you said in hours that still have their words.",
    "asked_to_join": "Groups you asked to belong to, and what you answered to their questions.",
    "feeds": "The links by which a calendar of yours fetches hours; word is what it shows instead of names.",
    "reminders": "Devices that remind you, of which groups, and what they show.",
    "private_entries": "What you write for yourself, where it was open when this was made.",
    "not_in_it": "What this house holds and does not give you here, and why.",
}


def legible(value):
    """The same, with moments in whole minutes; in whatever they stand."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, dict):
        return {name: legible(one) for name, one in value.items()}
    return [legible(one) for one in value] if isinstance(value, list | tuple) else value
