"""The screens of a meeting: choosing or freezing one, presenting it, following, its papers."""
