"""Sessions in the database as Django keeps them; every page asks for one, so the SQL of that is made once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils.timezone import now  # noqa: TID251 - Django writes by this clock when a session ends

from leerkring.platform.prepared import prepared

_session = prepared(str)(lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _session.first(self.session_key) if self.session_key else None
        if found is None or found.expire_date <= now():
            self._session_key = None
            return None
        return found
