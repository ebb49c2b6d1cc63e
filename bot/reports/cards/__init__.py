"""Cards with a code: of households, eight on a printed sheet or one as a picture; and of roles."""
