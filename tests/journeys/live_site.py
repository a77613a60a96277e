"""A site of one page with live regions, served as Leerkring is served: for the journeys of the live script."""

import os
import sys

import leerkring  # noqa: F401 - swaps the SQLite of the system for ours before Django looks for it

PAGE = """{% load live %}<!doctype html>
<html lang="en"><head><title>Live</title>{% live 1 %}</head>
<body><main>
<section id="count" data-live-region><p>{{ count }} facts</p><p><a href="/else/" id="link">Else</a></p></section>
<section id="form" data-live-region><p>{{ count }} known here</p><label>Text <input name="text"></label></section>
<button id="outside">Outside</button>
</main></body></html>"""


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "leerkring.config.settings"
    options = dict(zip(sys.argv[2::2], sys.argv[3::2], strict=True))
    os.environ["LEERKRING_DATA"] = options["--data"]

    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "tests.journeys.live_urls"

    from leerkring.config import readiness, serving

    listener = serving.listen("127.0.0.1", int(options["--port"]))
    readiness.prepare()
    serving.serve(listener)


if __name__ == "__main__":
    main()
