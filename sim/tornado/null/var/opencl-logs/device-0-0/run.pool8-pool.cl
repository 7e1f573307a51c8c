#pragma OPENCL EXTENSION cl_khr_fp64 : enable  
#pragma OPENCL EXTENSION cl_khr_fp16 : enable  
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable  
__kernel void pool(__global long *_kernel_context, __constant uchar *_constant_region, __local uchar *_local_region, __global int *_atomics, __global uchar *xf, __global uchar *xh, __global uchar *yf, __global uchar *yh, __global uchar *g, __global uchar *run, __private int sixteen)
{
  bool b_19, b_25; 
  float f_72, f_73, f_51, f_48, f_64, f_63; 
  ulong ul_62, ul_0, ul_32, ul_6, ul_70, ul_8, ul_1, ul_2, ul_3, ul_4, ul_47, ul_10, ul_12, ul_22, ul_20; 
  int i_58, i_57, i_5, i_7, i_71, i_66, i_65, i_46, i_45, i_42, i_41, i_44, i_43, i_54, i_53, i_56, i_55, i_50, i_49, i_52, i_30, i_29, i_31, i_26, i_28, i_27, i_38, i_37, i_40, i_39, i_34, i_33, i_36, i_35, i_14, i_13, i_16, i_15, i_9, i_11, i_21, i_24, i_23, i_18, i_17; 
  long l_59, l_68, l_69, l_67, l_60, l_61; 

  // BLOCK 0
  ul_0  =  (ulong) xf;
  ul_1  =  (ulong) yf;
  ul_2  =  (ulong) g;
  ul_3  =  (ulong) run;
  ul_4  =  ul_2 + 52L;
  i_5  =  *((__global int *) ul_4);
  ul_6  =  ul_2 + 48L;
  i_7  =  *((__global int *) ul_6);
  ul_8  =  ul_2 + 44L;
  i_9  =  *((__global int *) ul_8);
  ul_10  =  ul_3 + 16L;
  i_11  =  *((__global int *) ul_10);
  ul_12  =  ul_3 + 20L;
  i_13  =  *((__global int *) ul_12);
  i_14  =  get_global_id(0);
  i_15  =  i_7 * i_9;
  i_16  =  i_15 * i_5;
  i_17  =  i_11 * i_13;
  i_18  =  i_16 * i_17;
  b_19  =  i_14 < i_18;
  if(b_19)
  {
    // BLOCK 1
    ul_20  =  ul_2 + 28L;
    i_21  =  *((__global int *) ul_20);
    ul_22  =  ul_2 + 60L;
    i_23  =  *((__global int *) ul_22);
    i_24  =  i_14 / i_16;
    b_25  =  i_23 == 0;
    if(b_25)
    {
      // BLOCK 2
      i_26  =  i_24;
    }  // B1
    else
    {
      // BLOCK 3
      i_27  =  *((__global int *) ul_10);
      i_28  =  *((__global int *) ul_10);
      i_29  =  i_24 / i_27;
      i_30  =  i_29 * i_28;
      i_31  =  i_24 - i_30;
      i_26  =  i_31;
    }  // B1
    // BLOCK 4 MERGES [2 3 ]
    ul_32  =  ul_2 + 16L;
    i_33  =  *((__global int *) ul_32);
    i_34  =  i_16 * i_24;
    i_35  =  i_14 - i_34;
    i_36  =  i_35 / i_5;
    i_37  =  i_36 / i_7;
    i_38  =  i_21 * i_37;
    i_39  =  i_26 * i_33;
    i_40  =  i_38 + i_39;
    i_41  =  i_7 * i_37;
    i_42  =  i_36 - i_41;
    i_43  =  i_42 * i_21;
    i_44  =  i_14 / i_5;
    i_45  =  i_44 * i_5;
    i_46  =  i_14 - i_45;
    ul_47  =  ul_2 + 20L;
    // BLOCK 5 MERGES [4 9 ]
    f_48  =  0.0F;
    i_49  =  0;
    for(;i_49 < i_21;)
    {
      // BLOCK 6
      i_50  =  i_40 + i_49;
      // BLOCK 7 MERGES [6 8 ]
      f_51  =  f_48;
      i_52  =  0;
      for(;i_52 < i_21;)
      {
        // BLOCK 8
        i_53  =  *((__global int *) ul_47);
        i_54  =  i_50 * i_53;
        i_55  =  i_43 + i_54;
        i_56  =  i_55 + i_52;
        i_57  =  i_56 * i_5;
        i_58  =  i_46 + i_57;
        l_59  =  (long) i_58;
        l_60  =  l_59 + 4L;
        l_61  =  l_60 << 2;
        ul_62  =  ul_0 + l_61;
        f_63  =  *((__global float *) ul_62);
        f_64  =  f_63 + f_51;
        i_65  =  i_52 + 1;
        f_51  =  f_64;
        i_52  =  i_65;
      }  // B7
      // BLOCK 9
      i_66  =  i_49 + 1;
      f_48  =  f_51;
      i_49  =  i_66;
    }  // B5
    // BLOCK 10
    l_67  =  (long) i_14;
    l_68  =  l_67 + 4L;
    l_69  =  l_68 << 2;
    ul_70  =  ul_1 + l_69;
    i_71  =  i_21 * i_21;
    f_72  =  (float) i_71;
    f_73  =  f_48 / f_72;
    *((__global float *) ul_70)  =  f_73;
  }  // B0
  else
  {
    // BLOCK 11
  }  // B0
  // BLOCK 12 MERGES [11 10 ]
  return;
}  //  kernel
