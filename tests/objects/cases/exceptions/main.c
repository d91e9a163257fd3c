void raise(int, int); int catching(int), all(void), refs(void), rethrow(void), cppcatch(void);
void thrower(int x) { if (x) raise(x, 100); }
int run(void) { if (catching(0) != -1) return -1; if (catching(5) != 105) return -2; if (all() != 3 || refs() != 6) return -3; if (rethrow() != 51) return -4; return cppcatch(); }
