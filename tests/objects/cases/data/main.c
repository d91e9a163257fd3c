const char *get_msg(void); int ns(void), minus(void), neg(void), ps(void);
extern int a_pub, b_pub; extern struct { int *p; int (*f)(void); char *s; } p_pub;
extern char msg[6]; extern int pas;
int cvar[2] = {5, 6};
int f_ext(void) { return 77; }
int run(void) {
  if (get_msg() != msg) return -1;
  if (a_pub != 1 || b_pub != 2) return -2;
  if (*p_pub.p != 6 || p_pub.f() != 77 || p_pub.s[0] != 'e') return -3;
  if (ns() != 16) return -4;
  if (minus() != 1 || neg() != 2) return -5;
  if (ps() != 42 || pas != 42) return -6;
  return msg[1];
}
