int over(void) { return 100; }
int wd = 110;
int isdata = 5;
int priv(void) { return 1000; }
int there(int x) { return x + 1; }
int hid(void), stay(void), call_maybe(void), call_there(void), dat(void), sum(void), data(void), first_name(void), second_name(void), e1(void), e2(void), ex1(void), exp_name2(void);
int run(void) {
  if (call_maybe() != -100) return -1;
  if (call_there() != 2) return -2;
  if (dat() != 5) return -3;
  if (sum() != 100 + 2 + 3 + 18) return -1000 - sum();
  if (data() != 110 + 12 + 13 + 14) return -5;
  if (first_name() + second_name() != 12) return -6;
  if (e1() != 8 || e2() != 8 || exp_name2() != 7) return -7;
  return hid() + stay() + priv();
}
