"""The group former: people, groups, wishes and rules in; a division with a proven bound and reasons out.

Plain Python, without Django. This package and `problem`, `outcome`, `costs`, `effects`, `reading` and `worker` load no
compiled code, so that a web process stays small; `forming` and what it stands on do: only the worker loads those.
"""
