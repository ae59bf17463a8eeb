"""Versioned migrations."""
