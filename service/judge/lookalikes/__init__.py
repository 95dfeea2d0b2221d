"""Look-alikes of each item (handbook §2, `Look-alikes` and `Decidability`): lawful words near a trigger."""
