"""Tenants, their keys and roles."""
