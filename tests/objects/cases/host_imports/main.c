int log(int x) { return x + 1; }
int through_host(int); int alias(int);
int run(void) { return log(through_host(41)) * 100 + alias(7); }
