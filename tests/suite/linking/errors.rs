//! Texts that cannot become objects.
