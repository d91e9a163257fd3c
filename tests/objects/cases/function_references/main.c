int callc(void), callm(void), callo(void), isnull(void);
int cf(void) { return 6; }
int run(void) { return callc() * 100 + callm() * 10 + callo() + isnull(); }
