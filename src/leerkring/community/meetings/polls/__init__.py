"""Looking for a date together: proposed dates, answers of people with and without an account, and the choice."""
