"""Reads news reporting on international crises and writes down, as data, what each report says happened."""
