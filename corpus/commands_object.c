// Uses the commands of commands_object.wat, which calls `same_text` and counts in `calls`.
int command(const char *name, int argument);
extern struct { const char *name; int (*action)(int); } commands[2];
int calls;

int same_text(const char *a, const char *b) {
  for (; *a && *a == *b; a++, b++) {}
  return *a == *b;
}

int run(void) {
  if (!same_text(commands[1].name, "square") || commands[1].action(3) != 9) return -1;
  int sum = command("twice", 21) + command("square", 10) + command("none", 1);
  return sum * 10 + calls;
}
