"""What an administrator has begun and not yet confirmed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from training.clock import now
from training.database import Base, new_public_id


class PeopleImport(Base):
    """A file of people between its preview and its confirmation, for whoever sent it alone.

    It waits in the database, not in the page: a file of megabytes would be sent three times, and the host
    that shows the preview need not be the one that takes the confirmation. `body` is emptied once it is done.
    """

    __tablename__ = "people_import"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    called: Mapped[str] = mapped_column(String(120))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
