long numbers[2] = {1, 20};
extern struct { long number; long (*pointer)(long); } own;
long sum(void);
long callback(long x) { return 2 * x; }
int run(void) { return (int)(own.pointer(sum()) + (own.pointer == callback)); }
