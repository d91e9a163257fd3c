int use_a(void), use_b(void);
int run(void) { return use_a() * 10 + use_b(); }
