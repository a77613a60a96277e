from leerkring.direction.programmes.tests.conftest import count_queries

__all__ = ["count_queries"]
