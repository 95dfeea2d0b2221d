"""Speech acts (handbook §1.6): what the speaker does with the words, one file per act."""
