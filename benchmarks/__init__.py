"""Measurements on an invented organ of any size."""
