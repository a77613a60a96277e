"""Every address: each app has its own list, found here in the order of the floors."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from leerkring.config.views import healthz

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", healthz, name="healthz")]
# Fixed first words before those of programmes: an app on a lower floor wins.
urlpatterns += [path("", include(f"{app}.urls")) for app in settings.HOUSE if find_spec(f"{app}.urls")]

handler400 = "leerkring.platform.ui.handlers.bad_request"
handler403 = "leerkring.platform.ui.handlers.forbidden"
handler404 = "leerkring.platform.ui.handlers.not_found"
handler500 = "leerkring.platform.ui.handlers.went_wrong"
