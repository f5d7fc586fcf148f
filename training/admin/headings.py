"""What the columns of a file of people are called, in the words that people use. Pure."""

import unicodedata
from enum import Enum


class Column(Enum):
    """What a column says; `label` is what it is called in messages and in our own exports."""

    NAME = "Name"
    FIRST_NAME = "First name"
    LAST_NAME = "Last name"
    EMAIL = "E-mail"
    STAFF_NUMBER = "Staff number"
    TEAM = "Team"
    ROLE = "Role"

    @property
    def label(self) -> str:
        return self.value


_WORDS = {
    Column.NAME: "name fullname displayname person employee employeename",
    Column.FIRST_NAME: "firstname givenname forename",
    Column.LAST_NAME: "lastname surname familyname",
    Column.EMAIL: "email emailaddress mail mailaddress workemail",
    Column.STAFF_NUMBER: (
        "staffnumber staffno staffid staff employeenumber employeeno employeeid personnelnumber payrollnumber"
    ),
    Column.TEAM: "team teamname desk group department",
    Column.ROLE: "role teamrole roleinteam",
}
_KNOWN = {word: column for column, words in _WORDS.items() for word in words.split()}


def column_of(heading: str) -> Column | None:
    """What a column with this heading says; None where it is none of ours. “E-Mail:” is “email”."""
    plain = unicodedata.normalize("NFKD", heading).casefold()
    return _KNOWN.get("".join(letter for letter in plain if letter.isalnum()))
