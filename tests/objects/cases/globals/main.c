int next(void), stack(void); double half(void); long long folded(void);
void fill(int *p) { *p = 1234; }
int run(void) { if (next() != 41 || next() != 42) return -1; if (half() != 1.0) return -2; if (folded() != -7) return -3; return stack(); }
