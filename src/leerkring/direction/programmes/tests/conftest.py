from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def count_queries() -> Callable[[Client, str], int]:
    """How many queries a page takes, once caches that outlive a request are warm."""

    def count(browser: Client, address: str) -> int:
        assert browser.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            browser.get(address)
        return len(captured)

    return count
