# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class ElevationLevel(OpenEnum):
    """nonadmin: an ordinary user. admin: a user with administrator rights."""

    NONADMIN = "nonadmin"
    ADMIN = "admin"
