"""What we took over from others, pinned. tests/test_vendored.py holds the files to these sums."""

HTMX = "ui/vendor/htmx-2.0.11.min.js"
HTMX_INTEGRITY = "sha384-2OatzQy1H+Zd/IIrjr1TcuDGqLXeHhbooAyJY1KdQMKnr4LZ22k31GBLdYKHmVjg"
