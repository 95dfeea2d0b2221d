"""What a candidate amounts to: speech acts, exemptions, facts, ceilings, severity (handbook §1, §2)."""
