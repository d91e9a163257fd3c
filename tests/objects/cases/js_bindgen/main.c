void wide(int *to, int low, int high) __asm__("test.wide");
int keep(int), apply(int (*)(int, int));
static int add(int a, int b) { return a + b; }

int run(void) {
  int numbers[2];
  wide(numbers, 400, 30);
  return numbers[0] + numbers[1] + keep(5000) + apply(add);
}
