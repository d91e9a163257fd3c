int put(int), take(int), size(void), copy(void), viatable(void), ind(int (*)(void));
static int seven(void) { return 7; }
int run(void) { int a = put(11), b = put(22); if (take(a) != 11 || take(b) != 22) return -1; if (size() != 3) return -2; if (copy() != 22) return -3; if (viatable() != 40) return -4; 
 if (ind(seven) != 7) return -5;
return a * 10 + b; }
