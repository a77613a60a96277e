"""What is asked with forms. One file per audience."""
