// Calls functions of several types through the trampoline in trampoline_object.wat.
int trampoline(int *success, void *function, int self, int args, int keywords);
void print(int);

static int three(int a, int b, int c) { return 100 * a + 10 * b + c; }
static int two(int a, int b) { return 10 * a + b; }
static int one(int a) { return a; }
static int none(void) { return 7; }
static double other(double a) { return a; }

static void *functions[] = {three, two, one, none, other};

int run(void) {
  int calls = 0;
  for (int i = 0; i < 5; i++) {
    int success = -1;
    int result = trampoline(&success, functions[i], 1, 2, 3);
    if (success) print(result);
    calls += success;
  }
  return calls;
}
