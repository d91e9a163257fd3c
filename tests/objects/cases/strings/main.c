const char *a(void), *b(void); int run(void) { return (a() == "shared text") * 10 + (b() - a()); }
