"""What a visitor reads when something is not there, not allowed or broken. config/urls.py names these handlers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    context = {"reason": _sentence(exception), "is_reading": request.method in {"GET", "HEAD"}}
    return render(request, "ui/errors/403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/errors/404.html", {"reason": _sentence(exception)}, status=404)


def _sentence(exception: Exception | None) -> str:
    """What a view of ours says of it; not what Django says to whoever builds."""
    said = exception.args[0] if exception and exception.args else ""
    return "" if isinstance(said, dict) or "matches the given query" in str(said) else str(said)


def not_to_be_read(request: HttpRequest, allowed: str) -> HttpResponse:
    answer = render(request, "ui/errors/405.html", status=405)
    answer["Allow"] = allowed
    return answer


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Without request, person or database: whatever broke must not break this too."""
    return HttpResponse(render_to_string("ui/errors/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW: mostly a page that stood open for days."""
    return render(request, "ui/errors/csrf.html", status=403)
