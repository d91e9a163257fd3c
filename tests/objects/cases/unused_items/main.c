int used(void);
int run(void) { return used(); }
