"""Pages of membership."""

from flask import Blueprint

bp = Blueprint("membership", __name__)
