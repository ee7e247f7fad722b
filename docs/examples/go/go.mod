module pixelvault.example/upload

go 1.19
