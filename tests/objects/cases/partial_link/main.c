int one(int);
int run(void) { return one(0); }
