"""A New Met for London, followed in public: official figures in, honest change out."""
