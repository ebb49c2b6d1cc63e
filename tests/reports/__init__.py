"""Sheets and cards, and a household to print them for."""
