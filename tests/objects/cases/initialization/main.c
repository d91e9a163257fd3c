extern void print(int);
__attribute__((constructor(1000))) static void middle(void) { print(2); }
int run(void) { return 0; }
