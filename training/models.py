"""Every table, for migrations and tests: importing this module fills `Base.metadata`."""

from training.accounts import models as accounts
from training.accounts import participant, token_models
from training.admin import models as admin
from training.assignments import models as assignments
from training.attempts import models as attempts
from training.attempts import phrase_models
from training.authoring import models as authoring
from training.certificates import models as certificates
from training.hindsight import models as hindsight
from training.huddles import models as huddles
from training.jobs import models as jobs
from training.library import models as library
from training.library.discussion import models as discussion
from training.mail import models as mail
from training.mail import stopping_models
from training.reminders import models as reminders
from training.reports import models as reports
from training.returns import models as returns
from training.teams import models as teams
from training.tips import models as tips
from training.tips import token_models as tip_tokens

__all__ = [
    "accounts",
    "admin",
    "assignments",
    "attempts",
    "authoring",
    "certificates",
    "discussion",
    "hindsight",
    "huddles",
    "jobs",
    "library",
    "mail",
    "participant",
    "phrase_models",
    "reminders",
    "reports",
    "returns",
    "stopping_models",
    "teams",
    "tip_tokens",
    "tips",
    "token_models",
]
