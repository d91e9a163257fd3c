// Holds objects of the host by their handles, which handles_object.wat manages.
int make_object(int value);
int object_value(int handle);
int is_object(int handle);
void free_object(int handle);

int run(void) {
  int handles[10], sum = 0;
  for (int i = 0; i < 10; i++) handles[i] = make_object(i * i);
  for (int i = 0; i < 10; i++) sum += object_value(handles[i]);
  free_object(handles[5]);
  return sum * 100 + is_object(handles[4]) * 10 + is_object(handles[5]);
}
