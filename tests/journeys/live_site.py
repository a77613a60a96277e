"""A site of one page with live regions, served as Leerkring is served: for the journeys of the live script."""

import importlib
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

ROOM = """{% load live %}<!doctype html>
<html lang="en"><head><title>Room</title>{% live_topic "room" 1 %}{% send_once "seat:1" %}</head>
<body><main>
<p data-live-timer hidden></p>
<h1 data-live-text="round.title">Waiting</h1>
<div data-live-html="html"></div>
<form method="post" action="/room/post/" data-send-once>{% csrf_token %}
<input type="hidden" name="key" value="0b7f9f5e-6f2c-4c25-9a1b-0a3a3a0f0f0f">
<label>Words <input type="text" name="text" required></label><button>Send</button></form>
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

    # The topic of the room is there before the first ticket is asked for.
    importlib.import_module(settings.ROOT_URLCONF)
    listener = serving.listen("127.0.0.1", int(options["--port"]))
    readiness.prepare()
    serving.serve(listener)


if __name__ == "__main__":
    main()
