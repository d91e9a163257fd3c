int __main_void(int); int counter = 5; int puts(const char *s) { return s[0]; } void maybe(void) {} extern char *pp; extern int z;
int run(void) { return __main_void(3) + pp[0] + z; }
