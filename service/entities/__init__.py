"""Contacts, amounts, dates and certificate numbers in a text, however their digits are written."""
