"""Measured values of the goals of the Amsterdam sample: invented, shown as sample data."""

GOAL_VALUES = {
    2026: ((2022, 14), (2023, 23), (2024, 37)),
    2030: ((2020, 100), (2022, 96), (2023, 91)),
}
